namespace Quarry.Tables;

/// <summary>Work on several items at once whose results come in the items' order.</summary>
public static class OrderedParallel
{
    /// <summary>
    /// The results of <paramref name="work"/> for each item, in order. At most <paramref name="degree"/> items are worked
    /// on at a time and at most twice as many are held, so that memory stays bounded however long the source is. The
    /// source is read on the caller's thread. An exception of the work appears when its turn comes.
    /// </summary>
    /// <param name="source">The items.</param>
    /// <param name="work">What to do with each; called from several threads.</param>
    /// <param name="degree">How many at a time; 1 works on the caller's thread.</param>
    /// <param name="cancellation">Stops the enumeration.</param>
    public static IEnumerable<TResult> Select<TItem, TResult>(
        IEnumerable<TItem> source, Func<TItem, TResult> work, int degree, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degree);
        return degree == 1 ? OneByOne(source, work, cancellation) : Several(source, work, degree, cancellation);
    }

    private static IEnumerable<TResult> OneByOne<TItem, TResult>(
        IEnumerable<TItem> source, Func<TItem, TResult> work, CancellationToken cancellation)
    {
        foreach (TItem item in source)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return work(item);
        }
    }

    private static IEnumerable<TResult> Several<TItem, TResult>(
        IEnumerable<TItem> source, Func<TItem, TResult> work, int degree, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(degree);
        var pending = new Queue<Task<TResult>>();
        try
        {
            foreach (TItem item in source)
            {
                cancellation.ThrowIfCancellationRequested();
                pending.Enqueue(Start(item));
                if (pending.Count >= degree * 2)
                {
                    yield return pending.Dequeue().GetAwaiter().GetResult();
                }

                while (pending.TryPeek(out Task<TResult>? first) && first.IsCompleted)
                {
                    yield return pending.Dequeue().GetAwaiter().GetResult();
                }
            }

            while (pending.TryDequeue(out Task<TResult>? next))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return next.GetAwaiter().GetResult();
            }
        }
        finally
        {
            // What still runs uses the slots: wait for it, whatever it brings.
            Task.WhenAll(pending).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        Task<TResult> Start(TItem item) => Task.Run(
            async () =>
            {
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
                try
                {
                    return work(item);
                }
                finally
                {
                    slots.Release();
                }
            },
            cancellation);
    }
}
