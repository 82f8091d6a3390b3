"""Addresses of recording and of home visits."""

from django.urls import path

from adminduk.channels.officer_web import attention_views, recording_views, visit_views

urlpatterns = [
    path("perekaman", recording_views.recording_page, name="recording"),
    path("perekaman/orang/<uuid:product_id>", recording_views.person_page, name="record_person"),
    path("perekaman/orang/<uuid:product_id>/mulai", recording_views.begin, name="record_begin"),
    path("perekaman/orang/<uuid:product_id>/hasil", recording_views.finish, name="record_finish"),
    path("perekaman/orang/<uuid:product_id>/status", recording_views.type_status, name="record_status"),
    path("perekaman/daftar-status", recording_views.import_page, name="record_import"),
    path("perekaman/perhatian", attention_views.attention_page, name="record_attention"),
    path("perekaman/perhatian/<uuid:product_id>", attention_views.attended_page, name="record_attended"),
    path("kunjungan", visit_views.visits_page, name="visits"),
    path("kunjungan/minta", visit_views.ask, name="visit_ask"),
    path("kunjungan/<uuid:visit_id>/hapus", visit_views.drop, name="visit_drop"),
    path("kunjungan/perjalanan", visit_views.make_trip, name="trip_make"),
    path("kunjungan/perjalanan/<uuid:trip_id>", visit_views.trip_page, name="trip"),
    path("kunjungan/perjalanan/<uuid:trip_id>/tambah", visit_views.add_to_trip, name="trip_add"),
    path("kunjungan/perjalanan/<uuid:trip_id>/<uuid:visit_id>/keluar", visit_views.take_out, name="trip_take_out"),
    path("kunjungan/perjalanan/<uuid:trip_id>/<uuid:visit_id>/naik", visit_views.move_stop, name="trip_move"),
    path("kunjungan/perjalanan/<uuid:trip_id>/hasil", visit_views.enter_results, name="trip_results"),
    path("kunjungan/perjalanan/<uuid:trip_id>/cetak", visit_views.pack, name="trip_pack"),
]
