"""Every table of the platform, for migrations and guards."""

import lmp.accounts.models
import lmp.audit.models
import lmp.certificate.models
import lmp.content.models
import lmp.core.files
import lmp.core.jobs
import lmp.core.mail
import lmp.core.once
import lmp.core.search
import lmp.enrolment.models
import lmp.hours.models
import lmp.learning.models
import lmp.meeting.models
import lmp.network.models
import lmp.notice.models
import lmp.practical.models
import lmp.privacy.models
import lmp.reports.models
import lmp.workplace.models  # noqa: F401 - imported for their tables
from lmp.core.db import Model

metadata = Model.metadata
