mod credit;
mod dissolve;
mod issue;
mod money_model;
mod stake;
mod try_state;
