"""The inspectorate's pages: reports of brokers and bribes."""

from django.urls import path

from adminduk.channels.officer_web import report_views

urlpatterns = [
    path("laporan", report_views.list_page, name="reports"),
    path("laporan/<uuid:report_id>", report_views.report_page, name="report"),
    path("laporan/<uuid:report_id>/catatan", report_views.note, name="report_note"),
    path("laporan/<uuid:report_id>/jawaban", report_views.answer, name="report_answer"),
    path("laporan/<uuid:report_id>/tutup", report_views.close, name="report_close"),
]
