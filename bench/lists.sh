# shellcheck shell=bash
# Every filter of every list, alone and beside each other one, at full size: for bench/run.sh.
#   lists_by_http    once in a run, not once a round; writes results/<bags>-lists.txt: what was asked, p50 and p99 in milliseconds

# list_filters list: "name=value" of each of its filters: what many rows are like, or nearly none
list_filters() {
    local area user biller day moment
    area=$(sql "SELECT name FROM area ORDER BY id LIMIT 1")
    user=$(sql "SELECT username FROM users WHERE role = 'dispatcher' ORDER BY id LIMIT 1")
    biller=biller.amrita
    day=$(sql "SELECT (now() - interval '200 days')::date")
    moment=$(sql "SELECT to_char(now() - interval '30 days', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
    case $1 in
    bags) echo "kind=parent kind=child family=moong status=pending status=completed area=$area area=nowhere" \
        "linked=true linked=false billed=true billed=false user=$user user=$biller from=$day to=$day" \
        "from=$moment q=0 q=SB1 q=ZZ" ;;
    scans) echo "kind=link kind=undo kind=parent kind=bill user=$user user=nobody from=$day to=$day to=$moment" \
        "bag=$(sql "SELECT code FROM bag WHERE id = 600000")" ;;
    bills) echo "status=completed status=new user=$biller from=$day to=$day q=BILL-0001 q=zz" ;;
    audit) echo "user=admin.nandini action=bill.finish entity=bill from=$day to=$moment" ;;
    users) echo "q=a role=dispatcher state=active area=$area" ;;
    esac
}

# list_queries list: each filter alone, and each pair of two
list_queries() {
    local one two filters
    read -ra filters <<< "$(list_filters "$1")"
    echo "limit=50"
    echo "limit=200"
    for one in "${filters[@]}"; do
        echo "$one"
        for two in "${filters[@]}"; do
            [[ "${one%%=*}" < "${two%%=*}" ]] && echo "$one&$two"
        done
    done
    return 0
}

lists_by_http() {
    local list query line out=bench/results/$BAGS-lists.txt
    [ -z "$lists_done" ] || return 0
    lists_done=yes
    settle
    "$storm" sign-in --port "$port" --user admin.nandini --password "$password" > "$folder/admin"
    local admin=(--port "$port" --cookie "$(sed -n 1p "$folder/admin")" --csrf "$(sed -n 2p "$folder/admin")")
    mkdir -p bench/results
    for list in bags scans bills audit users; do
        list_queries "$list" | while read -r query; do
            line=$("$storm" list "${admin[@]}" --connections 32 --seconds "${LIST_SECONDS:-1}" --path "/api/$list?$query")
            echo "/api/$list?$query $(value p50_ms <<< "$line") $(value p99_ms <<< "$line")"
        done
    done > "$out"
    note lists_asked "$(wc -l < "$out")"
    note lists_p99 "$(awk '{ print $3 }' "$out" | sort -g | tail -n 1)"
}
