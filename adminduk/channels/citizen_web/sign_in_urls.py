"""Sign-in, account, consent."""

from django.urls import path

from adminduk.channels.citizen_web import home_views

urlpatterns = [
    path("masuk/", home_views.home, name="sign_in"),
    path("akun/", home_views.home, name="account"),
]
