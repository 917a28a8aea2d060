-- The checkpoints that a job has written, of which the newest are still there: where an attempt may go on, and marks in its curves.
create table job_checkpoint (
  job_id varchar(36) not null,
  step bigint not null,
  time timestamp(3) with time zone not null,
  primary key (job_id, step)
);
