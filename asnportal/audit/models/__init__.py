from asnportal.audit.models.job import Job
from asnportal.audit.models.line import AuditLine, record, record_many
from asnportal.audit.models.workflow import Move, Workflow, WorkflowModel, move

__all__ = ["AuditLine", "Job", "Move", "Workflow", "WorkflowModel", "move", "record", "record_many"]
