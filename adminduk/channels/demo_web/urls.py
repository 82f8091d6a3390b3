"""All addresses of the demo's own pages."""

from django.urls import path

from adminduk.channels.demo_web import start_views

app_name = "demo"
urlpatterns = [path("", start_views.start, name="start")]
