"""One fault each; the promise named beside it has to notice."""

from mutants_app import APP
from mutants_data import DATA, NETWORK
from mutants_edge import DELIVERY, EDGE, WATCHED

MUTANTS = (*NETWORK, *DATA, *APP, *EDGE, *WATCHED, *DELIVERY)
