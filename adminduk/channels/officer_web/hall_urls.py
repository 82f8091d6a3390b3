"""The hall's pages for staff: counters, front desk, tickets, and which counters there are."""

from django.urls import path

from adminduk.channels.officer_web import front_desk_views, hall_setup_views, hall_views

urlpatterns = [
    path("loket/pilih", hall_views.choose_page, name="hall_choose"),
    path("loket/pilih/<uuid:counter_id>", hall_views.sit_down, name="hall_sit"),
    path("loket/tinggalkan", hall_views.leave, name="hall_leave"),
    path("loket/panggil", hall_views.desk_page, name="hall_desk"),
    path("loket/panggil/berikutnya", hall_views.call_next, name="hall_next"),
    path("loket/panggil/<uuid:ticket_id>", hall_views.act_on_ticket, name="hall_ticket"),
    path("loket/depan", front_desk_views.sites_page, name="front_desks"),
    path("loket/depan/<uuid:site_id>", front_desk_views.front_desk_page, name="front_desk"),
    path("loket/depan/<uuid:site_id>/nomor", front_desk_views.take_number, name="take_number"),
    path("loket/depan/<uuid:site_id>/datang", front_desk_views.check_in, name="check_in"),
    path("loket/nomor/<uuid:ticket_id>", front_desk_views.ticket_page, name="ticket"),
    path("loket/nomor/<uuid:ticket_id>/pulang", front_desk_views.leave_queue, name="leave_queue"),
    path("loket/atur", hall_setup_views.setup_page, name="hall_setup"),
    path("loket/atur/tambah/<uuid:site_id>", hall_setup_views.add_counter, name="add_counter"),
    path("loket/atur/<uuid:counter_id>", hall_setup_views.change_counter, name="change_counter"),
]
