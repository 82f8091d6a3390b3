"""All addresses of the citizens' pages."""

from adminduk.channels.citizen_web import application_urls, public_urls, sign_in_urls

app_name = "citizen"
urlpatterns = [*public_urls.urlpatterns, *sign_in_urls.urlpatterns, *application_urls.urlpatterns]
