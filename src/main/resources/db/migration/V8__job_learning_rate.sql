-- The rate of the last reported step.
alter table job add column learning_rate double precision;
