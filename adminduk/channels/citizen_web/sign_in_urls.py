"""Sign-in, account, consent."""

from django.urls import path

from adminduk.channels.citizen_web import account_views, consent_views, sign_in_views

CONSENT = "permohonan/<uuid:application_id>/persetujuan"

urlpatterns = [
    path("masuk/", sign_in_views.sign_in, name="sign_in"),
    path("masuk/kode/<uuid:challenge_id>", sign_in_views.code, name="code"),
    path("masuk/kode/<uuid:challenge_id>/lagi", sign_in_views.resend, name="resend_code"),
    path("masuk/belum-dicocokkan", sign_in_views.unmatched, name="unmatched"),
    path("keluar", sign_in_views.sign_out, name="sign_out"),
    path("akun/", account_views.account, name="account"),
    path("akun/keluar-semua", account_views.sign_out_everywhere, name="sign_out_everywhere"),
    path("akun/perpanjang", account_views.extend, name="extend_session"),
    path("akun/siapa-melihat", account_views.looks, name="looks"),
    path("akun/unduh", account_views.export, name="export"),
    path("akun/alamat", account_views.change_address, name="change_address"),
    path("akun/alamat/lama/<uuid:challenge_id>", account_views.old_address_code, name="old_address_code"),
    path("akun/alamat/baru/<uuid:challenge_id>", account_views.new_address_code, name="new_address_code"),
    path(CONSENT, consent_views.consent, name="consent"),
    path(f"{CONSENT}/<uuid:challenge_id>", consent_views.consent_code, name="consent_code"),
    path(f"{CONSENT}/<uuid:challenge_id>/lagi", consent_views.resend_consent_code, name="resend_consent_code"),
]
