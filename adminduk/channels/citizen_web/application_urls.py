"""From the beginning of an application to its end."""

from django.urls import path

from adminduk.channels.citizen_web import (
    application_views,
    begin_views,
    document_views,
    ending_views,
    page_views,
    public_status_views,
    sending_views,
    status_views,
    upload_views,
)

ONE = "permohonan/<uuid:application_id>/"

urlpatterns = [
    path("permohonan/", application_views.list_page, name="applications"),
    path("permohonan/mulai", begin_views.start, name="start"),
    path(ONE, application_views.task_list, name="application"),
    path(f"{ONE}isi/<slug:group_id>", application_views.group_page, name="form_group"),
    path(f"{ONE}dokumen/<slug:requirement_id>", document_views.document_page, name="document"),
    path(f"{ONE}dokumen/<slug:requirement_id>/unggahan", upload_views.uploads, name="uploads"),
    path(f"{ONE}dokumen/<slug:requirement_id>/unggahan/<uuid:upload_id>", upload_views.one_upload, name="upload"),
    path(f"{ONE}dokumen/<slug:requirement_id>/daftar", page_views.page_list, name="page_list"),
    path(f"{ONE}halaman/<uuid:page_id>", document_views.picture, name="picture"),
    path(f"{ONE}periksa", sending_views.check_page, name="check"),
    path(f"{ONE}terkirim", sending_views.receipt, name="receipt"),
    path(f"{ONE}status", status_views.own_status, name="own_status"),
    path(f"{ONE}perbaiki", status_views.corrections_page, name="corrections"),
    path(f"{ONE}tarik", ending_views.withdraw_page, name="withdraw"),
    path(f"{ONE}keberatan", ending_views.object_page, name="object"),
    path(f"{ONE}lagi", ending_views.begin_anew, name="begin_anew"),
    path("s/", public_status_views.status_page, name="status"),
    path("s/<str:number>", public_status_views.status_page, name="status_of"),
]
