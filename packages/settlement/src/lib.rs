//! Daily pro-rata settlement: budgets escrowed at close, claims flat in the number of participants.
