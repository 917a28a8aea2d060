-- What lists and look-ups need once there are 100,000 jobs: pages of one state or one name, newest first, and whether
-- an unfinished job uses a dataset that most jobs have used.
create index job_by_state on job (state, create_time, id);
create index job_by_name on job (name, create_time, id);
create index job_by_dataset_use on job (dataset_id, state);
drop index job_by_dataset;
