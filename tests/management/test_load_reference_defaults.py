import pytest
from django.core.management import call_command

from competency.models import LearningForm


@pytest.mark.django_db
def test_the_command_says_what_was_new_and_may_run_again(capsys):
    call_command("load_reference_defaults")
    call_command("load_reference_defaults")
    forms, again = (line for line in capsys.readouterr().out.splitlines() if line.startswith("forms"))
    assert (forms, again) == (f"forms: {LearningForm.objects.count()} baru", "forms: 0 baru")
