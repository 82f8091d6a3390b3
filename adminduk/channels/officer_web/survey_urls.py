"""What people think of the office, for its head."""

from django.urls import path

from adminduk.channels.officer_web import survey_views

urlpatterns = [path("survei", survey_views.results_page, name="survey")]
