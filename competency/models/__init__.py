from competency.models.dictionary import Competency, CompetencyLevel, Standard
from competency.models.form import JpRule, JpTarget, LearningForm
from competency.models.ledger import LedgerLine, TrainingRecord

__all__ = [
    "Competency",
    "CompetencyLevel",
    "JpRule",
    "JpTarget",
    "LearningForm",
    "LedgerLine",
    "Standard",
    "TrainingRecord",
]
