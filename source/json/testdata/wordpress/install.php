<?php
wp_install('마을 소식', 'desk', 'desk@example.org', true, '', 'secret');
update_option('timezone_string', 'Asia/Seoul');
