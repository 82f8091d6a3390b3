"""The counter where cards are handed over."""

from django.urls import path

from adminduk.channels.officer_web import hand_over_views as views

urlpatterns = [
    path("penyerahan", views.find_page, name="hand_over"),
    path("penyerahan/kode-baru", views.new_code, name="new_code"),
    path("penyerahan/belum-diambil", views.uncollected_page, name="uncollected"),
    path("penyerahan/<uuid:product_id>", views.card_page, name="card"),
    path("penyerahan/<uuid:product_id>/salah-cetak", views.wrong_print, name="wrong_print"),
    path("penyerahan/<uuid:product_id>/pindah", views.take_to_main, name="take_to_main"),
]
