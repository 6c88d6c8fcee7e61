from competency.models.assessment import OFFICIAL, REVIEW, Assessment, AssessmentReport, Method, Review
from competency.models.dictionary import SINCE, Competency, CompetencyLevel
from competency.models.figure import RuleFigure
from competency.models.form import JpRule, JpTarget, LearningForm
from competency.models.ledger import RECORD, LedgerLine, TrainingRecord
from competency.models.standard import GroupStandard, Standard, StandardItem

__all__ = [
    "OFFICIAL",
    "RECORD",
    "REVIEW",
    "SINCE",
    "Assessment",
    "AssessmentReport",
    "Competency",
    "CompetencyLevel",
    "GroupStandard",
    "JpRule",
    "JpTarget",
    "LearningForm",
    "LedgerLine",
    "Method",
    "Review",
    "RuleFigure",
    "Standard",
    "StandardItem",
    "TrainingRecord",
]
