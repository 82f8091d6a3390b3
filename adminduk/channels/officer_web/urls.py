"""All addresses of the officers' pages."""

from django.urls import path

from adminduk.channels.officer_web import (
    counter_views,
    decision_views,
    desk_views,
    look_up_views,
    office_views,
    paper_views,
    sign_in_views,
)

app_name = "officer"
urlpatterns = [
    path("masuk", sign_in_views.sign_in, name="sign_in"),
    path("keluar", sign_in_views.sign_out, name="sign_out"),
    path("undangan/<str:token>", sign_in_views.invitation, name="invitation"),
    path("", desk_views.queue_page, name="queue"),
    path("berikutnya", desk_views.take_next, name="take_next"),
    path("kasus/<uuid:application_id>", desk_views.case_page, name="case"),
    path("kasus/<uuid:application_id>/setujui", decision_views.approve, name="approve"),
    path("kasus/<uuid:application_id>/perbaikan", decision_views.ask_corrections, name="ask_corrections"),
    path("kasus/<uuid:application_id>/tolak", decision_views.refuse, name="refuse"),
    path("kasus/<uuid:application_id>/urungkan", decision_views.undo, name="undo"),
    path("kasus/<uuid:application_id>/kembalikan", desk_views.hand_back, name="hand_back"),
    path("kasus/<uuid:application_id>/teruskan", desk_views.escalate, name="escalate"),
    path("kasus/<uuid:application_id>/catatan", desk_views.add_note, name="note"),
    path("kasus/<uuid:application_id>/cocokkan", desk_views.confirm_match, name="confirm_match"),
    path("kasus/<uuid:application_id>/masih", desk_views.still_here, name="still_here"),
    path("kasus/<uuid:application_id>/halaman/<uuid:page_id>", desk_views.picture, name="picture"),
    path("kasus/<uuid:application_id>/halaman/<uuid:page_id>/potongan", paper_views.pieces, name="pieces"),
    path("kasus/<uuid:application_id>/halaman/<uuid:page_id>/kata", paper_views.say, name="say"),
    path("cari", look_up_views.search, name="search"),
    path("cari/<uuid:application_id>", look_up_views.looked_up, name="looked_up"),
    path("loket", counter_views.counter, name="counter"),
    path("kepala", office_views.head_page, name="head"),
    path("kantor", office_views.office_page, name="office"),
    path("kantor/undang", office_views.invite, name="invite"),
    path("kantor/petugas/<uuid:officer_id>/undang", office_views.invite_again, name="invite_again"),
    path("kantor/petugas/<uuid:officer_id>/aktif", office_views.set_active, name="set_active"),
    path("kantor/petugas/<uuid:officer_id>/keluarga", office_views.set_family, name="set_family"),
    path("kantor/jam", office_views.set_hours, name="set_hours"),
    path("kantor/tutup", office_views.close_on, name="close_on"),
    path("kantor/buka", office_views.open_on, name="open_on"),
    path("kantor/gangguan", office_views.incident, name="incident"),
]
