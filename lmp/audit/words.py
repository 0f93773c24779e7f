"""What each recorded act is called in a history. The acts stand by feature; a guard knows every act of the code."""

from lmp.core.messages import N_, Message

#: For an act that has no words yet.
CHANGED = Message(N_("Changed"))
SYSTEM = Message(N_("the platform"))
#: Where an entry keeps the reason that somebody typed.
REASONS = ("reason", "why", "note")

ACTS: dict[str, Message] = {
    # accounts
    "accounts.added": Message(N_("Account added")),
    "accounts.act_as_ended": Message(N_("Looking with this person’s eyes ended")),
    "accounts.act_as_started": Message(N_("A Ministry official looks with this person’s eyes")),
    "accounts.app_removed": Message(N_("Authenticator app removed")),
    "accounts.app_set_up": Message(N_("Authenticator app set up")),
    "accounts.bulk_rehearsed": Message(N_("Invitation of many prepared")),
    "accounts.bulk_sent": Message(N_("Invitation of many sent")),
    "accounts.bulk_stopped": Message(N_("Invitation of many stopped")),
    "accounts.grant_ended": Message(N_("Role ended")),
    "accounts.granted": Message(N_("Role given")),
    "accounts.passkey_added": Message(N_("Passkey added")),
    "accounts.passkey_removed": Message(N_("Passkey removed")),
    "accounts.passkey_renamed": Message(N_("Passkey renamed")),
    "accounts.recovery_codes_made": Message(N_("Recovery codes made")),
    "accounts.second_factor_given": Message(N_("Second factor given")),
    "accounts.second_factor_reset": Message(N_("Second factor reset")),
    "accounts.suspended": Message(N_("Account suspended")),
    "accounts.suspension_lifted": Message(N_("Suspension lifted")),
    "accounts.sessions_ended": Message(N_("Signed out everywhere")),
    "accounts.signed_in": Message(N_("Signed in")),
    "accounts.signed_out": Message(N_("Signed out")),
    # certificates
    "certificate.discarded": Message(N_("Batch discarded")),
    "certificate.issued": Message(N_("Certificates issued")),
    "certificate.prepared": Message(N_("Batch prepared")),
    "certificate.returned": Message(N_("Batch returned")),
    "certificate.revoked": Message(N_("Certificate revoked")),
    # content
    "content.draft_saved": Message(N_("Draft saved")),
    "content.published": Message(N_("Version published")),
    # enrolment
    "enrolment.activity_no_set": Message(N_("MEBBİS number changed")),
    "enrolment.applied": Message(N_("Application sent")),
    "enrolment.approved": Message(N_("Application approved")),
    "enrolment.closed": Message(N_("Enrolment closed")),
    "enrolment.policy_changed": Message(N_("Completion rules changed")),
    "enrolment.refused": Message(N_("Application refused")),
    "enrolment.run_begun": Message(N_("Run begun")),
    "enrolment.run_closed": Message(N_("Run closed")),
    "enrolment.run_opened": Message(N_("Run opened")),
    "enrolment.withdrawn": Message(N_("Withdrawn")),
    # learning
    "learning.quiz_ended": Message(N_("Quiz ended")),
    "learning.unit_proven": Message(N_("Unit completed")),
    # network
    "network.added": Message(N_("Added")),
    "network.changed": Message(N_("Changed")),
    "network.checked": Message(N_("Contact checked")),
    "network.closed": Message(N_("Closed")),
    "network.reopened": Message(N_("Opened again")),
    "network.removed": Message(N_("Removed")),
    "network.seeded": Message(N_("Network loaded")),
    # notices
    "notice.mail_sent_again": Message(N_("Mail sent again")),
    "notice.mails_ended": Message(N_("Mails to this address ended")),
    "notice.mails_resumed": Message(N_("Mails sent again to this address")),
    "notice.settings_changed": Message(N_("Notice settings changed")),
    # practical test
    "practical.decided": Message(N_("Practical test decided")),
    "practical.saved": Message(N_("Observation saved")),
    # workplace
    "workplace.confirmed": Message(N_("Week confirmed by the company")),
    "workplace.day_corrected": Message(N_("Day corrected")),
    "workplace.day_opened": Message(N_("Late day opened")),
    "workplace.day_returned": Message(N_("Correction requested")),
    "workplace.day_saved": Message(N_("Day saved")),
    "workplace.mentor_denied": Message(N_("Wrong recipient reported")),
    "workplace.placed": Message(N_("Matched with a company")),
    "workplace.placement_changed": Message(N_("Match with the company changed")),
    "workplace.week_sent": Message(N_("Week sent for confirmation")),
    "workplace.week_sent_again": Message(N_("Week sent again")),
    "workplace.week_taken_back": Message(N_("Week taken back")),
}
