// The contract's bodies as shapes that a person fills in, for services of which no exchange is at hand.

/** A request of which only the shape is known. */
export const requestShape = `{
  "Inputs": {
    "input1": {
      "ColumnNames": ["column1", "column2"],
      "Values": [
        ["value1", "value2"]
      ]
    }
  },
  "GlobalParameters": {}
}`;

/** What a reader of code with that shape has to do. */
export const requestShapeNote =
  'The request below shows the shape only. Put in the names of your columns and your values; the input may have another name ' +
  'than "input1".';

/** The same as row objects. */
export const rowsShape = `{
  "Inputs": {
    "input1": [
      { "column1": "value1", "column2": "value2" }
    ]
  },
  "GlobalParameters": {}
}`;

/** An answer in the table form. */
export const answerShape = `{
  "Results": {
    "output1": {
      "type": "table",
      "value": {
        "ColumnNames": ["column1", "Scored Labels"],
        "ColumnTypes": ["String", "Double"],
        "Values": [
          ["value1", "0.5"]
        ]
      }
    }
  }
}`;

/** An answer to row objects. */
export const rowsAnswerShape = `{
  "Results": {
    "output1": [
      { "column1": "value1", "Scored Labels": "0.5" }
    ]
  }
}`;

/** The body of a submission. */
export const jobShape = `{
  "Input": {
    "BaseLocation": "https://<account>.blob.core.windows.net/",
    "RelativeLocation": "<container>/<name>.csv",
    "SasBlobToken": "?<token>"
  },
  "GlobalParameters": {}
}`;

/** The answer to a submission: the id of the job. */
export const jobIdShape = '"539d0bc2fde945b6ac986b851d0000f0"';

/** The status of a job that has finished. */
export const statusShape = `{
  "StatusCode": "Finished",
  "Results": {
    "output1": {
      "ConnectionString": null,
      "RelativeLocation": "<container>/<name>.csv",
      "BaseLocation": "https://<account>.blob.core.windows.net/",
      "SasBlobToken": "?<token>"
    }
  },
  "Details": null
}`;
