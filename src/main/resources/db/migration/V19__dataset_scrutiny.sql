-- How closely the upload wants its images looked at.
alter table dataset add column scan varchar(10) default 'FULL' not null;
alter table dataset add column duplicates varchar(10) default 'KEEP' not null;
