"""Pages that everybody may read."""

from django.urls import path

from adminduk.channels.citizen_web import (
    board_views,
    home_views,
    information_views,
    preference_views,
    region_views,
    service_views,
)
from adminduk.channels.citizen_web.converters import IN_REGION

urlpatterns = [
    path("", home_views.home, name="home"),
    path("daerah", home_views.find_region, name="find_region"),
    path(f"d/{IN_REGION}", region_views.region_page, name="region"),
    path(f"d/{IN_REGION}<slug:service_id>/", service_views.start_page, name="service"),
    path(f"d/{IN_REGION}<slug:service_id>/syarat", service_views.result_page, name="requirements"),
    path(f"d/{IN_REGION}<slug:service_id>/mulai", service_views.begin, name="begin"),
    path(f"d/{IN_REGION}cetak", board_views.board, name="board"),
    path(f"d/{IN_REGION}cetak.csv", board_views.board_csv, name="board_csv"),
    path("bantuan", information_views.help_page, name="help"),
    path("privasi", information_views.privacy, name="privacy"),
    path("bahasa", preference_views.choose_language, name="language"),
    path("tampilan", preference_views.choose_theme, name="theme"),
]
