"""Sign-in, account, consent."""

from django.urls import path

from adminduk.channels.citizen_web import sign_in_views

urlpatterns = [
    path("masuk/", sign_in_views.sign_in, name="sign_in"),
    path("masuk/kode/<uuid:challenge_id>", sign_in_views.code, name="code"),
    path("masuk/kode/<uuid:challenge_id>/lagi", sign_in_views.resend, name="resend_code"),
    path("masuk/belum-dicocokkan", sign_in_views.unmatched, name="unmatched"),
    path("keluar", sign_in_views.sign_out, name="sign_out"),
    path("akun/", sign_in_views.unmatched, name="account"),
]
