namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>Numbers of panels in words, as in "1, 3 to 6, 9".</summary>
public static class NumberList
{
    /// <param name="numbers">Ascending.</param>
    public static string Format(IEnumerable<int> numbers)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var number in numbers)
        {
            if (runs is [.., var last] && last.Last == number - 1)
            {
                runs[^1] = (last.First, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        return string.Join(", ", runs.Select(run => run.First == run.Last ? $"{run.First}" : run.Last == run.First + 1 ? $"{run.First}, {run.Last}" : $"{run.First} to {run.Last}"));
    }
}
