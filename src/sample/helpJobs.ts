// What `--help` prints about batch jobs and their storage.

import { developmentAccount } from '../model/developmentAccount';

/** The part of the help about batch jobs. */
export const jobsHelp = `Batch jobs
  The storage is Azurite's blob service. It ends with the sample, and what is in it too, unless there is a --folder. Its account is the development
  account "${developmentAccount.name}" with the key that is published for it; {"blobEndpoint"} of the line above is where it is. Its connection string:
    DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=KEY;BlobEndpoint=http://127.0.0.1:PORT/${developmentAccount.name}
  where KEY is ${developmentAccount.key}

  Submit a body with the place of the input, which is a .csv, .tsv or .arff file with a column Col2, and if you like one for the output, a .csv:
    {"Input":{"ConnectionString":"...","RelativeLocation":"container/name.csv"},
     "Outputs":{"output1":{"BaseLocation":"http://127.0.0.1:PORT/${developmentAccount.name}/","RelativeLocation":"container/result.csv","SasBlobToken":"?..."}},
     "GlobalParameters":{"Run seconds":10}}
  Either form of reference does for each. Only storage on this computer is read and written. Without "Outputs" the result goes to the
  container "results". The output has all columns of the input and the counts behind them.
  Two jobs run at once, further ones wait. Parameters, as numbers or texts:
    "Run seconds"    the job takes at least so long
    "Queue seconds"  it is not started for so long after its start was asked for
    "Fail at row"    it fails at this row, the first below the header being 1

  POST /behaviour with {"jobs":{...}} changes how jobs are treated from then on; DELETE /behaviour sets all back; GET shows it. Members:
    "statusForm"            "name" (Running), "number" (1), "spaced" (Not started), "canceledOneL" (Canceled), "digits" ("1"),
                            "keyWithBlank" (Status Code)
    "times"                 "year1": what is not yet is the year 1; "full": it is null; "none": there are no times
    "sasSeconds"            how long the token of a result is good for (86700)
    "runSeconds", "queueSeconds"  for jobs without these parameters (0)
    "connectionStringOnly"  true refuses references with a token
    "unknownStatus"         a text that all status answers give in place of the status; null ends that
    "startStatus"           200, 202 or 204
  GET /jobs-seen gives [{"id","status","submittedAt","starts","removed"}]; "starts" counts the calls to start it, refused ones too.
`;
