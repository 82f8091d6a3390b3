"""The satisfaction survey: asked when the card is there, results for everybody."""

from django.urls import path

from adminduk.channels.citizen_web import survey_views

urlpatterns = [
    path("permohonan/<uuid:application_id>/survei", survey_views.survey_page, name="survey"),
    path("survei/<region:code>", survey_views.results_page, name="survey_results"),
]
