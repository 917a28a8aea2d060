-- The job whose checkpoints this one begins with: they stay until it has ended.
alter table job add column warm_start_job varchar(36);
create index job_by_warm_start on job (warm_start_job, state);
