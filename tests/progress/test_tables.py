from progress.tables import csv_file


def test_a_file_keeps_accents_in_spreadsheets_and_runs_no_formula():
    response = csv_file(
        "list", ["Title", "Number"], [["Śląskie", 1], ["=1+1", -2], ["@cmd", None], ["plain", 0]]
    )

    assert response.content.decode() == (
        "\ufeffTitle,Number\r\nŚląskie,1\r\n'=1+1,-2\r\n'@cmd,\r\nplain,0\r\n"
    )
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
