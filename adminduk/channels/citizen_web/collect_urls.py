"""How the card comes into one's hands."""

from django.urls import path

from adminduk.channels.citizen_web import collect_views

ONE = "permohonan/<uuid:application_id>/penyerahan"
urlpatterns = [
    path(ONE, collect_views.collect_page, name="collect"),
    path(f"{ONE}/antar", collect_views.choose_delivery, name="choose_delivery"),
    path(f"{ONE}/ambil", collect_views.drop_delivery, name="drop_delivery"),
]
