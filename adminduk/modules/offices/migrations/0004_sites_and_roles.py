"""Places where an office serves people; operators and the inspectorate."""

from django.db import migrations, models

from adminduk.foundation import row_security as rows
from adminduk.foundation.ids import uuid7

ROLES = ["officer", "head", "admin", "operator", "inspector"]
NAMES = ["verifikator", "kepala dinas", "admin daerah", "operator loket", "inspektorat"]


class Migration(migrations.Migration):
    dependencies = [("offices", "0003_lifted_closures"), ("foundation", "0005_operators")]
    operations = [
        migrations.AlterField(
            "officer", "role", models.CharField(choices=list(zip(ROLES, NAMES, strict=True)), max_length=10)
        ),
        migrations.RemoveConstraint("officer", "officer_role"),
        migrations.AddConstraint(
            "officer", models.CheckConstraint(condition=models.Q(("role__in", ROLES)), name="officer_role")
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("region_id", models.IntegerField()),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(max_length=200)),
                ("district_code", models.CharField(blank=True, max_length=8)),
                ("is_main", models.BooleanField(default=False)),
                ("records", models.BooleanField(default=True)),
                ("prints", models.BooleanField(default=False)),
                ("hands_over", models.BooleanField(default=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("region_id", "code"), name="site_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True), ("is_main", True)),
                        fields=("region_id",),
                        name="site_one_main",
                    ),
                ]
            },
        ),
        rows.public_in_region("offices_site"),
    ]
