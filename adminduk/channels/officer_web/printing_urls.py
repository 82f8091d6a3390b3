"""Printing and blank cards."""

from django.urls import path

from adminduk.channels.officer_web import printing_views, stock_views

urlpatterns = [
    path("cetak", printing_views.printing_page, name="printing"),
    path("cetak/mulai", printing_views.begin_batch, name="begin_batch"),
    path("cetak/pencetak", printing_views.add_printer, name="add_printer"),
    path("cetak/tugas/<uuid:job_id>", printing_views.check_page, name="check_card"),
    path("cetak/tugas/<uuid:job_id>/muka/<slug:side>", printing_views.face, name="card_face"),
    path("cetak/tugas/<uuid:job_id>/hasil", printing_views.decide_check, name="decide_check"),
    path("cetak/tugas/<uuid:job_id>/macet", printing_views.end_jam, name="end_jam"),
    path("cetak/tugas/<uuid:job_id>/diam", printing_views.end_silence, name="end_silence"),
    path("cetak/antrean/<uuid:product_id>/dahulukan", printing_views.ahead_page, name="ahead"),
    path("cetak/antrean/<uuid:product_id>/dahulukan/simpan", printing_views.move_ahead, name="move_ahead"),
    path("cetak/antrean/<uuid:product_id>/berhenti", printing_views.decide_stopped, name="decide_stopped"),
    path("stok", stock_views.stock_page, name="stock"),
    path("stok/pengawasan", stock_views.watch_page, name="print_watch"),
    path("stok/<uuid:site_id>", stock_views.site_page, name="stock_site"),
    path("stok/<uuid:site_id>/catat", stock_views.act_on_stock, name="act_on_stock"),
]
