"""All addresses of the citizens' pages."""

from adminduk.channels.citizen_web import (
    application_urls,
    appointment_urls,
    collect_urls,
    draw_urls,
    hall_urls,
    public_urls,
    recording_urls,
    report_urls,
    sign_in_urls,
    survey_urls,
)

app_name = "citizen"
# What is asked for most often comes first: addresses are compared one after the other.
urlpatterns = [
    *application_urls.urlpatterns,
    *sign_in_urls.urlpatterns,
    *public_urls.urlpatterns,
    *recording_urls.urlpatterns,
    *hall_urls.urlpatterns,
    *collect_urls.urlpatterns,
    *report_urls.urlpatterns,
    *survey_urls.urlpatterns,
    *appointment_urls.urlpatterns,
    *draw_urls.urlpatterns,
]
