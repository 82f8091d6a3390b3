"""Cards for the courier."""

from django.urls import path

from adminduk.channels.officer_web import delivery_views as views

urlpatterns = [
    path("pengiriman", views.overview, name="deliveries"),
    path("pengiriman/daftar", views.make_list, name="make_manifest"),
    path("pengiriman/impor", views.import_file, name="import_courier"),
    path("pengiriman/paket/<uuid:application_id>", views.report, name="report_parcel"),
    path("pengiriman/<uuid:manifest_id>", views.manifest_page, name="manifest"),
    path("pengiriman/<uuid:manifest_id>/csv", views.manifest_file, name="manifest_csv"),
    path("pengiriman/<uuid:manifest_id>/label", views.labels, name="labels"),
    path("pengiriman/<uuid:manifest_id>/serahkan", views.mark_sent, name="send_manifest"),
]
