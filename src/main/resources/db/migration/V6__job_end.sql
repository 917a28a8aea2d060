-- Why training ended, and the model version that "warmStartFrom" meant when the job was accepted.
alter table job add column ended_by varchar(16);
alter table job add column warm_start_version integer;
