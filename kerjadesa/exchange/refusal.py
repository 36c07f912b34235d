"""Why something that came from outside is not taken."""

from kerjadesa.domain.problem import UserError


class BatchRefused(UserError):
    """A batch or an enrolment that is not taken as it is; `code` says why.

    Codes: `batch_not_for_us`, `batch_signature`, `batch_damaged`, `batch_too_large`,
    `batch_schema_newer`, `enrol_damaged`, `enrol_not_for_us`.
    """
