"""Addresses that serve more families by an office's word; codes that remember the form that used them."""

from django.db import migrations, models

import adminduk.foundation.ids
from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_row_security")]
    operations = [
        migrations.AddField("challenge", "used_by", models.BinaryField(null=True)),
        migrations.CreateModel(
            name="AddressShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=adminduk.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address_index", models.BinaryField()),
                ("kk_index", models.BinaryField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("address_index", "kk_index"), name="share_once")]},
        ),
        migrations.RunSQL(
            "GRANT INSERT ON accounts_addressshare TO adminduk_app;"
            "GRANT SELECT ON accounts_addressshare TO adminduk_guard;"
        ),
        rows.guard_function(
            "address_shared(wanted bytea, family bytea)",
            returns="boolean",
            body="SELECT EXISTS (SELECT FROM public.accounts_addressshare"
            " WHERE address_index = wanted AND kk_index = family)",
        ),
        rows.guard_function(
            "address_users(wanted bytea)",
            returns="bigint",
            body="SELECT count(*) FROM public.accounts_account WHERE address_index = wanted",
        ),
    ]
