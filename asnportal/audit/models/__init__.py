from asnportal.audit.models.job import Job
from asnportal.audit.models.line import AuditLine, record
from asnportal.audit.models.workflow import Move, Workflow, WorkflowModel, move

__all__ = ["AuditLine", "Job", "Move", "Workflow", "WorkflowModel", "move", "record"]
