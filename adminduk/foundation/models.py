"""Tables of the plumbing: no domain, no region, nothing personal in clear."""

from __future__ import annotations

from django.db import models


class Answer(models.Model):
    """The kept answer of a write; see idempotency.once."""

    key = models.BinaryField(primary_key=True)
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_index=True)


class Limit(models.Model):
    """A counter of one window; see limits.spend. Unlogged: a crash may forget counts, not business."""

    key = models.BinaryField(primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    spent = models.IntegerField()


class Session(models.Model):
    """A web session: the key is stored as a blind index, the content encrypted; see sessions.SessionStore."""

    key = models.BinaryField(primary_key=True)
    content = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
