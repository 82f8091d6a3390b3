"""Rounds are public in their region; a citizen sees his own wish, and by a function how many wait before it."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial"), ("foundation", "0005_operators")]
    operations = [
        rows.public_in_region("draws_round"),
        rows.by_region_and_owner("draws_wish"),
        rows.seen_by_guard("draws_wish"),
        rows.guard_function(
            "wishes_ahead(round uuid, place int)",
            returns="int",
            body="SELECT count(*)::int FROM public.draws_wish w WHERE w.round_id = round AND w.state = 'waiting'"
            " AND w.turn < place",
        ),
    ]
