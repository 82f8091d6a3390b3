"""Pages that everybody may read."""

from django.urls import path

from adminduk.channels.citizen_web import home_views, preference_views

urlpatterns = [
    path("", home_views.home, name="home"),
    path("d/<code>/", home_views.home, name="region"),
    path("bantuan", home_views.home, name="help"),
    path("privasi", home_views.home, name="privacy"),
    path("bahasa", preference_views.choose_language, name="language"),
    path("tampilan", preference_views.choose_theme, name="theme"),
]
