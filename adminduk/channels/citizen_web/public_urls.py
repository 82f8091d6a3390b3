"""Pages that everybody may read."""

from django.urls import path, register_converter

from adminduk.channels.citizen_web import home_views, information_views, preference_views, region_views, service_views
from adminduk.channels.citizen_web.converters import RegionInPath

register_converter(RegionInPath, "region")

urlpatterns = [
    path("", home_views.home, name="home"),
    path("daerah", home_views.find_region, name="find_region"),
    path("d/<region:code>/", region_views.region_page, name="region"),
    path("d/<region:code>/<slug:service_id>/", service_views.start_page, name="service"),
    path("d/<region:code>/<slug:service_id>/syarat", service_views.result_page, name="requirements"),
    path("d/<region:code>/<slug:service_id>/mulai", service_views.begin, name="begin"),
    path("bantuan", information_views.help_page, name="help"),
    path("privasi", information_views.privacy, name="privacy"),
    path("bahasa", preference_views.choose_language, name="language"),
    path("tampilan", preference_views.choose_theme, name="theme"),
]
