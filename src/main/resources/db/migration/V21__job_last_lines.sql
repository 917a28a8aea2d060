-- The step of the newest checkpoint, and the end of the log of a job that FAILED.
alter table job add column checkpoint_step bigint;
alter table job add column last_lines varchar(8000);
