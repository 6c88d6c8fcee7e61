"""Addresses of the partners' workspace and of BKPSDM's review."""

from django.urls import URLPattern, path

from partners.views import proposal, review

urlpatterns: list[URLPattern] = [
    path("mitra/usulan/", proposal.proposal_list, name="partner_proposal_list"),
    path("mitra/usulan/baru/", proposal.proposal_new, name="partner_proposal_new"),
    path("mitra/usulan/<uuid:public_id>/", proposal.proposal, name="partner_proposal"),
    path(
        "mitra/usulan/<uuid:public_id>/tarik/", proposal.proposal_withdraw, name="partner_proposal_withdraw"
    ),
    path("mitra/kegiatan/", proposal.session_list, name="partner_session_list"),
    path("kelola/usulan/", review.proposal_list, name="proposal_list"),
    path("kelola/usulan/<uuid:public_id>/", review.proposal_review, name="proposal_review"),
]
