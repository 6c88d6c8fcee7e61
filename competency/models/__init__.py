from competency.models.dictionary import Competency, CompetencyLevel, Standard
from competency.models.form import JpRule, JpTarget, LearningForm
from competency.models.ledger import RECORD, LedgerLine, TrainingRecord

__all__ = [
    "RECORD",
    "Competency",
    "CompetencyLevel",
    "JpRule",
    "JpTarget",
    "LearningForm",
    "LedgerLine",
    "Standard",
    "TrainingRecord",
]
