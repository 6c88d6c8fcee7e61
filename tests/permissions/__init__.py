"""Who may do what, for every address of the portal (TRUST.md section 2).

An address without a row fails the suite. To add one, open ``rows/<app>.py`` and write a line::

    Row("P38", "employee_detail", "GET", "L  A/N A/N A/N A  N  A  A  F", of=employee)
                                          PUB ASN SPV OPD BKP PTN AUD SU PIM

``A`` allowed, ``F`` 403, ``N`` 404, ``L`` to the sign-in page; ``A/N`` is "in scope / out of scope".
An address that takes GET and POST has two rows. Columns are accounts with that role only (`world.py`):
ASN is a1, SPV is the head of unit A, OPD is the admin unit of A (reaching A1), PTN a member of partner X;
b1, sB, oB, partner Y are the others that must stay out.

``of`` builds what the address names: a function that gets the world and the role and answers with two
dictionaries of URL arguments, in scope and out of scope (or one dictionary where there is no scope). It runs
inside a savepoint, so it may make whatever it needs with tests/factories.py. ``data`` is what a POST
sends (a dictionary, or a function of the world). A POST that is allowed answers 200 or a redirect; where
it can only be shown as 409 or 422, say so with ``also=(422,)``.

After a change: ``python -m tests.permissions.document`` writes docs/permissions.md again.
"""
