"""Where the levels meet: jobs are registered, gateways are named, the catalogue is loaded once."""

from __future__ import annotations

from procrastinate import App

from adminduk.foundation import jobs


def on_jobs_ready(app: App) -> None:
    """Called by procrastinate when Django is ready: register every job of the product."""
    app.add_tasks_from(jobs.blueprint, namespace="adminduk")
